import shutil
import ssl
import subprocess
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.delivery import ChannelDown, Refused, TryAgain
from bot.mail.smtp import SmtpTransport
from tests.mailbox import MailServer


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


@pytest.fixture
def transport(server: MailServer) -> Iterator[SmtpTransport]:
    made = SmtpTransport(server.url, timeout=1.0)
    yield made
    made.close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for this machine that it signed itself, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "certificate.pem", folder / "key.pem"
    command = (
        f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        f"-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout {key} -out {made}"
    )
    subprocess.run(command.split(), check=True, capture_output=True)
    return made, key


def served_with(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    """What a server needs to show that certificate."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    return context


def mail(to: str = "crew@ashmere.example") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "hello@ashmere.example"
    made["To"] = to
    made["Subject"] = "Grüße"
    made.set_content("A sofa by the bins, £5 for it")
    return made


def test_a_mail_arrives_as_it_was_written(server: MailServer, transport: SmtpTransport) -> None:
    transport.deliver(mail())

    (arrived,) = server.mails
    assert arrived["Subject"] == "Grüße"
    assert arrived.get_content().strip() == "A sofa by the bins, £5 for it"


def test_one_connection_serves_a_batch(server: MailServer, transport: SmtpTransport) -> None:
    for _ in range(3):
        transport.deliver(mail())

    assert len(server.mails) == 3
    assert len(server.handler.sessions) == 1


def test_a_connection_that_the_server_closed_is_made_anew(
    server: MailServer, transport: SmtpTransport
) -> None:
    transport.deliver(mail())
    server.stop()
    server.start()
    transport.deliver(mail())

    assert len(server.mails) == 2


def test_an_unknown_mailbox_is_refused_without_naming_it(
    server: MailServer, transport: SmtpTransport
) -> None:
    server.handler.no_such_mailbox.add("crew@ashmere.example")

    with pytest.raises(Refused) as refused:
        transport.deliver(mail())
    assert refused.value.reason == "550 5.1.1 …: no such mailbox"


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("554 5.7.1 we do not want this", Refused),
        ("451 4.7.1 greylisted, come back", TryAgain),
        ("421 4.3.0 closing down", ChannelDown),
    ],
)
def test_the_servers_code_says_what_may_still_happen(
    server: MailServer, transport: SmtpTransport, answer: str, fault: type[Exception]
) -> None:
    server.handler.answers.append(answer)

    with pytest.raises(fault) as raised:
        transport.deliver(mail())
    assert raised.type is fault


def test_after_a_refusal_the_next_mail_goes(server: MailServer, transport: SmtpTransport) -> None:
    server.handler.answers.append("554 5.7.1 no")
    with pytest.raises(Refused):
        transport.deliver(mail())
    transport.deliver(mail())

    assert len(server.mails) == 1


def test_a_server_that_is_away_takes_the_channel_down() -> None:
    with pytest.raises(ChannelDown):
        SmtpTransport(MailServer().url, timeout=1.0).deliver(mail())


def test_a_slow_server_costs_only_this_mail_its_turn(server: MailServer) -> None:
    transport = SmtpTransport(server.url, timeout=0.2)
    server.handler.slow_s = 0.6
    with pytest.raises(TryAgain) as raised:
        transport.deliver(mail())
    assert raised.type is TryAgain


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_user_and_password_open_the_door() -> None:
    with MailServer(user="me", password="p@ss") as server:
        transport = SmtpTransport(f"smtp://me:p%40ss@127.0.0.1:{server.port}", timeout=1.0)
        transport.deliver(mail())
        transport.close()

        assert len(server.mails) == 1


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_wrong_password_is_no_fault_of_the_mail() -> None:
    with MailServer(user="me", password="right") as server, pytest.raises(ChannelDown):
        SmtpTransport(f"smtp://me:wrong@127.0.0.1:{server.port}", timeout=1.0).deliver(mail())


def test_starttls_encrypts_before_anything_is_said(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with MailServer(tls=served_with(certificate)) as server:
        transport = SmtpTransport(f"smtp+starttls://127.0.0.1:{server.port}", timeout=2.0)
        transport.deliver(mail())
        transport.close()

        assert len(server.mails) == 1


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(certificate: tuple[Path, Path]) -> None:
    with MailServer(tls=served_with(certificate)) as server, pytest.raises(ChannelDown):
        SmtpTransport(f"smtp+starttls://127.0.0.1:{server.port}", timeout=2.0).deliver(mail())


def test_nothing_goes_unencrypted_where_starttls_was_asked_for(server: MailServer) -> None:
    with pytest.raises(ChannelDown):
        SmtpTransport(f"smtp+starttls://127.0.0.1:{server.port}", timeout=1.0).deliver(mail())
    assert server.mails == []
