"""The demo's mails, read in the browser."""

from email.message import EmailMessage

from bot.mail.folder import FolderTransport
from tests.integration.web.conftest import Site


def keep(site: Site, subject: str = "AM-4F7-2Q9 Dumped rubbish") -> None:
    mail = EmailMessage()
    mail["From"] = "Ashmere <hello@ashmere.example>"
    mail["To"] = "Crew <crew@ashmere.example>"
    mail["Subject"] = subject
    mail["Date"] = "Tue, 10 Mar 2026 10:11:00 +0000"
    mail.set_content("See http://testserver/act/abc for <more>")
    mail.add_alternative('<html><head></head><body><img src="cid:photo-1"></body></html>', subtype="html")
    html = mail.get_body(("html",))
    assert isinstance(html, EmailMessage)
    html.add_related(b"jpeg", "image", "jpeg", cid="<photo-1>")
    FolderTransport(site.mail_folder).deliver(mail)


def first_path(site: Site) -> str:
    return str(site.client.get("/dev/mail").text).split('<li><a href="')[1].split('"')[0]


def test_before_the_first_mail_the_list_says_so(site: Site) -> None:
    assert "No mail yet" in site.client.get("/dev/mail").text


def test_each_mail_is_listed_with_whom_it_went_to(site: Site) -> None:
    keep(site)

    page = site.client.get("/dev/mail")

    assert "AM-4F7-2Q9 Dumped rubbish" in page.text
    assert "crew@ashmere.example" in page.text


def test_a_mail_shows_its_text_with_links_to_open(site: Site) -> None:
    keep(site)

    page = site.client.get(first_path(site))

    assert '<a href="http://testserver/act/abc">http://testserver/act/abc</a> for &lt;more&gt;' in page.text
    assert "<iframe" in page.text


def test_its_html_may_do_nothing_but_be_looked_at(site: Site) -> None:
    keep(site)

    frame = site.client.get(first_path(site) + "/html")

    policy = frame.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert frame.headers["x-frame-options"] == "SAMEORIGIN"
    assert 'src="data:image/jpeg;base64,anBlZw=="' in frame.text


def test_a_mail_that_is_not_there_is_not_found(site: Site) -> None:
    assert site.client.get("/dev/mail/nothing").status_code == 404
    keep(site)
    assert site.client.get("/dev/mail/nothing").status_code == 404
    assert site.client.get("/dev/mail/nothing/html").status_code == 404
    assert site.client.get("/dev/mail/..%2f..%2fetc").status_code == 404
