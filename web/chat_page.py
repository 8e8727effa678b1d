"""The chat at ``/``: a plain form that works everywhere, and the page that scripts make a chat of.

With JavaScript the page speaks to ``/api/chat`` itself. Without it, the form posts to ``/chat`` and
the answer is the page again, with the replies. Both say the same thing to the same ``ask``.
"""

import base64
import json
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from casework.errors import StorageUnavailable, StreetcallError
from web.rendering import Pages

Body = dict[str, object]
Ask = Callable[[Body], Awaitable[Body]]
"""Takes the body of ``POST /api/chat`` and gives its answer."""
Recall = Callable[[str, int], Awaitable[Body]]
"""Takes a conversation and a number and gives the answer of ``GET /api/chat?after=N``."""

COOKIE = "streetcall_conversation"
COOKIE_SECONDS = 30 * 24 * 3600
MAX_BODY = 30 * 1024 * 1024

_CONVERSATION = re.compile(r"[A-Za-z0-9_-]{16,128}")
_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_EXAMPLES = ("chat.example.1", "chat.example.2", "chat.example.3")

# The sentences that web/static/chat.js speaks; the page hands them over.
SCRIPT_WORDS = (
    "chat.author.bot",
    "chat.author.you",
    "chat.clear.done",
    "chat.copy",
    "chat.copied",
    "chat.empty",
    "chat.location.attached",
    "chat.location.denied",
    "chat.location.finding",
    "chat.location.mine",
    "chat.location.rough",
    "chat.location.unavailable",
    "chat.location.unsupported",
    "chat.photo.attached",
    "chat.photo.big",
    "chat.photo.empty",
    "chat.photo.none",
    "chat.photo.removed",
    "chat.photo.remove",
    "chat.photo.sent",
    "chat.placeholder",
    "chat.placeholder.location",
    "chat.placeholder.photo",
    "chat.reference",
    "chat.removed.location",
    "chat.retry",
    "chat.sent.failed",
    "chat.sent.refused",
    "chat.sent.waiting",
    "chat.sent.waiting_offline",
    "chat.today",
    "chat.yesterday",
)
_FILLED_BY_SCRIPT = {name: f"{{{name}}}" for name in ("distance", "megabytes", "name", "reference")}


@dataclass(frozen=True, slots=True)
class Said:
    """One turn that the page shows: what the resident said, or a reply."""

    mine: bool
    text: str
    buttons: Sequence[Mapping[str, object]] = ()


def create_routes(
    pages: Pages,
    ask: Ask,
    *,
    recall: Recall | None = None,
    examples: Sequence[str] = (),
    public_url: str = "",
) -> list[Route]:
    """The routes ``GET /`` and ``POST /chat``.

    ``recall`` lets a reader without scripts see earlier replies; ``examples`` are up to three
    things that a resident of this place might say.
    """
    chat = _Chat(pages, ask, recall, tuple(examples[:3]), public_url)
    return [
        Route("/", chat.show, methods=["GET"], name="chat"),
        Route("/chat", chat.post, methods=["POST"], name="chat-post"),
    ]


@dataclass(frozen=True, slots=True)
class _Chat:
    pages: Pages
    ask: Ask
    recall: Recall | None
    examples: tuple[str, ...]
    public_url: str

    async def show(self, request: Request) -> Response:
        """The page, with the earlier replies of a reader without scripts."""
        conversation = _conversation_of(request)
        return self._page(request, conversation=conversation, turns=await self._earlier(conversation))

    async def post(self, request: Request) -> Response:
        """What the form said, answered on the page. The cookie makes the next post the same talk."""
        fault = _refusal(request, self.public_url)
        if fault:
            return self._page(request, status=fault, error=f"chat.form.error.{fault}")
        async with request.form(max_files=1, max_fields=8) as form:
            body = await _body_of(form, _conversation_of(request) or secrets.token_urlsafe(24))
            label = _field(form, "button").partition("\n")[2]
        response = await self._answer(request, body, label)
        response.set_cookie(
            COOKIE,
            str(body["conversation"]),
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="lax",
            secure=self._https(request),
        )
        return response

    async def _answer(self, request: Request, body: Body, label: str) -> Response:
        conversation = str(body["conversation"])
        text = str(body.get("text", ""))
        if not body.keys() & {"text", "photo", "button"}:
            earlier = await self._earlier(conversation)
            return self._page(request, conversation=conversation, turns=earlier, error="chat.empty")
        try:
            earlier = await self._earlier(conversation)
            answer = await self.ask(body)
        except StreetcallError as error:
            status = 503 if isinstance(error, StorageUnavailable) else 400
            return self._page(
                request,
                status=status,
                conversation=conversation,
                error=f"chat.form.error.{status}",
                typed=text,
                message_id=str(body["message_id"]),
            )
        photo = [self.pages.words_for(request)("chat.photo.sent")] if "photo" in body else []
        said = [Said(mine=True, text=words) for words in [*photo, text or label] if words]
        return self._page(
            request,
            conversation=conversation,
            turns=[*earlier, *said, *_replies(answer)],
            reports=_reports(answer),
            answered=True,
        )

    async def _earlier(self, conversation: str) -> list[Said]:
        """Earlier replies; without them the page is still of use, so a fault here is no fault."""
        if not self.recall or not conversation:
            return []
        try:
            return _replies(await self.recall(conversation, 0))
        except StreetcallError:
            return []

    def _page(
        self,
        request: Request,
        *,
        status: int = 200,
        conversation: str = "",
        turns: Sequence[Said] = (),
        reports: Sequence[str] = (),
        error: str = "",
        typed: str = "",
        message_id: str = "",
        answered: bool = False,
    ) -> Response:
        t = self.pages.words_for(request)
        return self.pages.page(
            "chat.html",
            request,
            status=status,
            script_words=json.dumps({key: t(key, **_FILLED_BY_SCRIPT) for key in SCRIPT_WORDS}),
            examples=self.examples or [t(key) for key in _EXAMPLES],
            conversation=conversation,
            turns=turns,
            reports=reports,
            error=error,
            typed=typed,
            message_id=message_id or secrets.token_hex(16),
            button_message_id=secrets.token_hex(16),
            answered=answered,
        )

    def _https(self, request: Request) -> bool:
        return request.url.scheme == "https" or self.public_url.startswith("https:")


def _refusal(request: Request, public_url: str) -> int | None:
    """The status with which a post is refused before it is read, None for a good one.

    The cookie is SameSite=Lax, so a foreign site's form has no conversation; that it comes from a
    foreign site is seen by its Origin all the same.
    """
    origin = request.headers.get("origin")
    ours = {request.headers.get("host", ""), urlsplit(public_url).netloc} - {""}
    if origin is not None and urlsplit(origin).netloc not in ours:
        return 403
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return 403
    length = request.headers.get("content-length", "")
    return None if length.isdigit() and int(length) <= MAX_BODY else 413


def _conversation_of(request: Request) -> str:
    secret = request.cookies.get(COOKIE, "")
    return secret if _CONVERSATION.fullmatch(secret) else ""


async def _body_of(form: FormData, conversation: str) -> Body:
    """The form as the JSON body of ``POST /api/chat``; only what was filled in is in it."""
    message_id = _field(form, "message_id")
    body: Body = {
        "conversation": conversation,
        "message_id": message_id if _MESSAGE_ID.fullmatch(message_id) else secrets.token_hex(16),
    }
    # A button's value is its id and, on the next line, its label, so that the page can repeat it.
    if button := _field(form, "button").partition("\n")[0]:
        return body | {"button": button}
    if text := _field(form, "text").strip():
        body["text"] = text
    photo = form.get("photo")
    if isinstance(photo, UploadFile) and photo.filename:
        body["photo"] = base64.b64encode(await photo.read()).decode()
    return body


def _field(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def _replies(answer: Body) -> list[Said]:
    replies = answer.get("replies")
    return [
        Said(mine=False, text=str(reply.get("text", "")), buttons=tuple(reply.get("buttons") or ()))
        for reply in (replies if isinstance(replies, list) else [])
    ]


def _reports(answer: Body) -> list[str]:
    """The references that the answer speaks of."""
    reports = answer.get("reports") or [answer.get("report")]
    found = reports if isinstance(reports, list) else []
    return [str(report["reference"]) for report in found if isinstance(report, dict)]
