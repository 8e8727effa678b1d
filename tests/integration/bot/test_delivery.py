"""The outbox goes out: what the providers do to it, and what comes of it."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry

from bot.delivery import GIVE_UP_AFTER, WAITS, ChannelDown, Delivery, Refused, TryAgain
from casework.cases import DeskItem, DeskKind
from casework.clock import DrivenClock
from casework.outcomes import Notice, Outcome
from storage.outbox import Waiting
from storage.store import Store
from tests.factories import NOW, keep_contact, mint

MINUTE = timedelta(minutes=1)
Act = Callable[[Waiting], str | None]


class ScriptedSender:
    """Does with each message what ``act`` does; keeps what it accepted."""

    def __init__(self, act: Act = lambda _message: "provider-1") -> None:
        self.act = act
        self.sent: list[tuple[str, object]] = []
        self.calls = 0

    def send(self, message: Waiting) -> str | None:
        self.calls += 1
        provider_id = self.act(message)
        self.sent.append((message.recipient, message.parameters.get("n")))
        return provider_id


class Post:
    """A store with a delivery on it, an hour hand and a sender."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = DrivenClock(NOW)
        self.sender = ScriptedSender()
        self.registry = CollectorRegistry()
        self.delivery = self.another_process()

    def another_process(self, registry: CollectorRegistry | None = None) -> Delivery:
        return Delivery(
            self.store,
            {"email": self.sender},
            self.clock,
            mint(7),
            registry=registry or self.registry,
            source=random.Random(1),
        )

    def tell(self, *recipients: str, key: str = "service.overdue") -> None:
        notices = tuple(
            Notice(to if ":" in to else f"service:{to}", key, {"n": n}, jurisdiction="ashmere")
            for n, to in enumerate(recipients)
        )
        self.store.commit(Outcome(notices=notices), self.clock.now())

    def run(self, wait: timedelta = timedelta()) -> int:
        self.clock.advance(wait)
        return self.delivery.deliver_due()

    def run_for(self, time: timedelta, step: timedelta = MINUTE) -> None:
        end = self.clock.now() + time
        while self.clock.now() < end:
            self.run(step)

    @property
    def states(self) -> dict[str, int]:
        return {state: n for (_, state), n in self.store.outbox.states().items()}

    @property
    def desk(self) -> tuple[DeskItem, ...]:
        return self.store.cases.desk_to_mail()


@pytest.fixture
def post(store: Store) -> Post:
    return Post(store)


def always(fault: Exception) -> Act:
    def act(_message: Waiting) -> str | None:
        raise fault

    return act


def test_what_is_due_goes_out_once(post: Post) -> None:
    post.tell("a", "b")

    assert post.run() == 2
    assert post.run() == 0
    assert post.states == {"sent": 2}


def test_a_busy_provider_is_asked_again_later(post: Post) -> None:
    post.tell("a")
    post.sender.act = always(TryAgain("451 busy"))
    post.run()
    post.sender.act = lambda _message: None

    assert post.run(timedelta(seconds=20)) == 0
    assert post.run(timedelta(seconds=20)) == 1
    assert post.states == {"sent": 1}


def test_the_provider_may_ask_for_more_time(post: Post) -> None:
    post.tell("a")
    post.sender.act = always(TryAgain("429", after=timedelta(minutes=9)))
    post.run()
    post.sender.act = lambda _message: None

    assert post.run(8 * MINUTE) == 0
    assert post.run(2 * MINUTE) == 1


def test_waits_grow_and_end_after_three_days_on_the_desk(post: Post) -> None:
    post.tell("a")
    post.sender.act = always(TryAgain("451 busy"))
    post.run_for(timedelta(hours=2))
    assert len(WAITS) <= post.sender.calls <= len(WAITS) + 3
    assert post.states == {"waiting": 1}

    post.run_for(GIVE_UP_AFTER, step=30 * MINUTE)
    assert post.states == {"failed": 1}
    assert [item.kind for item in post.desk] == [DeskKind.DELIVERY_FAILED]


def test_a_refusal_fails_at_once_and_is_laid_on_the_desk(post: Post) -> None:
    post.tell("a")
    post.sender.act = always(Refused("550 no such mailbox"))
    post.run()

    assert post.states == {"failed": 1}
    assert [item.words for item in post.desk] == ["service:a\nservice.overdue\n550 no such mailbox"]


def test_a_refused_mail_about_the_desk_makes_no_mail_about_itself(post: Post) -> None:
    post.tell("staff:s1", key="staff.triage")
    post.sender.act = always(Refused("550 no such mailbox"))
    post.run()

    assert post.states == {"failed": 1}
    assert post.desk == ()


def test_a_resident_who_cannot_be_reached_is_on_the_desk_once(post: Post) -> None:
    contact = keep_contact(post.store, channel="email")
    post.tell(f"contact:{contact.id}", f"contact:{contact.id}", key="told.done")
    post.sender.act = always(Refused("blocked"))
    post.run()

    assert post.states == {"failed": 2}
    assert len(post.desk) == 1


def test_our_own_fault_is_tried_a_few_times_and_never_holds_up_others(post: Post) -> None:
    post.tell("a", "b", "c")

    def stumble(message: Waiting) -> str | None:
        if message.recipient == "service:b":
            raise RuntimeError("a template is broken for Mrs Smith")
        return None

    post.sender.act = stumble
    post.run()
    assert post.states == {"sent": 2, "waiting": 1}

    post.run_for(timedelta(minutes=10))
    assert post.states == {"sent": 2, "failed": 1}
    assert "Smith" not in post.desk[0].words


def test_a_server_that_is_down_for_an_hour_loses_nothing_and_no_order(post: Post) -> None:
    post.tell("a", "b", "a")
    post.sender.act = always(ChannelDown("cannot be reached"))
    post.run_for(timedelta(minutes=30))
    post.tell("a", "b")
    post.run_for(timedelta(minutes=30))
    calls = post.sender.calls
    assert calls < 20
    assert post.states == {"waiting": 5}

    post.sender.act = lambda _message: None
    post.run_for(timedelta(minutes=7))
    assert post.sender.sent == [
        ("service:a", 0),
        ("service:b", 1),
        ("service:a", 2),
        ("service:a", 0),
        ("service:b", 1),
    ]
    assert post.states == {"sent": 5}


def test_one_slow_mailbox_keeps_its_order_and_lets_others_pass(post: Post) -> None:
    post.tell("a", "b", "a")

    def busy_once(message: Waiting) -> str | None:
        if message.parameters["n"] == 0 and message.attempts == 1:
            raise TryAgain("451 busy")
        return None

    post.sender.act = busy_once
    post.run()
    post.run(MINUTE)

    assert post.sender.sent == [("service:b", 1), ("service:a", 0), ("service:a", 2)]


def test_a_crash_after_the_providers_yes_sends_again_and_is_counted(post: Post) -> None:
    post.tell("a")

    def die(_message: Waiting) -> str | None:
        raise KeyboardInterrupt

    post.sender.act = die
    with pytest.raises(KeyboardInterrupt):
        post.run()
    post.sender.act = lambda _message: None

    assert post.run(MINUTE) == 0
    assert post.run(5 * MINUTE) == 1
    assert post.registry.get_sample_value(
        "streetcall_delivery_maybe_twice_total", {"channel": "email"}
    ) == pytest.approx(1)


def test_two_processes_do_not_send_the_same_message(post: Post) -> None:
    post.tell("a")
    other = post.another_process(CollectorRegistry())
    done: list[int] = []

    def meanwhile(_message: Waiting) -> str | None:
        done.append(other.deliver_due())
        return None

    post.sender.act = meanwhile
    post.run()

    assert done == [0]
    assert post.sender.sent == [("service:a", 0)]


def test_a_channel_without_a_sender_is_left_alone(post: Post) -> None:
    contact = keep_contact(post.store, channel="web_chat")
    post.tell(f"contact:{contact.id}")

    assert post.run() == 0
    assert post.states == {"waiting": 1}
