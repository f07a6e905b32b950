"""One question to an OpenAI-compatible endpoint, asked until it answers, and its answers kept on disk."""

from __future__ import annotations

import hashlib
import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import EndpointError, UsageError
from kg.files import replacing

#: What a reply may have to hold to, the strictest first; who refuses a form is asked for the next.
FORMS = ("json_schema", "json_object", "text")


@dataclass
class Chat:
    """An endpoint that takes ``POST {base_url}/chat/completions``.

    Replies are cached by the content of the request, so that a run repeats without the network. The key
    is sent and never stored.
    """

    base_url: str
    model: str
    key: str | None = None
    cache: Path | None = None
    timeout: float = 60.0
    attempts: int = 4
    wait: Callable[[float], None] = time.sleep
    form: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        if not self.base_url.startswith(("http://", "https://")):
            raise UsageError(f"{self.base_url!r} is no web address", hint="give --base-url http(s)://…/v1")

    def ask(self, system: str, user: str, schema: dict[str, Any]) -> str:
        """Return the reply's text.

        Raises ``EndpointError`` when the endpoint refuses, or does not answer after all attempts.
        """
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        kept = self._kept(messages, schema)
        if kept is not None and kept.exists():
            return kept.read_text(encoding="utf-8")
        while True:
            form = self.form
            try:
                reply = self._post(
                    {"model": self.model, "temperature": 0, "messages": messages, **self._format(schema)}
                )
                break
            except _Refused as refused:
                if form + 1 == len(FORMS):
                    raise EndpointError(
                        f"{self.base_url} refused the request: {refused}", hint="check --model"
                    ) from refused
                self.form = max(self.form, form + 1)  # several ask at once
        if kept is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            with replacing(kept) as stream:
                stream.write(reply.encode("utf-8"))
        return reply

    def forget(self, system: str, user: str, schema: dict[str, Any]) -> None:
        """Drop a kept reply: one that could not be used is asked for again next time."""
        kept = self._kept([{"role": "system", "content": system}, {"role": "user", "content": user}], schema)
        if kept is not None:
            kept.unlink(missing_ok=True)

    def _kept(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> Path | None:
        if self.cache is None:
            return None
        content = json.dumps(
            [self.base_url, self.model, messages, schema], ensure_ascii=False, sort_keys=True
        )
        return self.cache / "chat" / f"{hashlib.sha256(content.encode()).hexdigest()}.txt"

    def _format(self, schema: dict[str, Any]) -> dict[str, Any]:
        form = FORMS[self.form]
        if form == "json_schema":
            wanted = {"name": "facts", "strict": True, "schema": schema}
            return {"response_format": {"type": form, "json_schema": wanted}}
        return {"response_format": {"type": form}} if form == "json_object" else {}

    def _post(self, body: dict[str, Any]) -> str:
        headers = {"Content-Type": "application/json"} | (
            {"Authorization": f"Bearer {self.key}"} if self.key else {}
        )
        url = self.base_url.rstrip("/") + "/chat/completions"
        request = urllib.request.Request(url, json.dumps(body).encode(), headers)
        last = ""
        for attempt in range(self.attempts):
            pause = min(2.0**attempt, 30.0)
            try:
                with urllib.request.urlopen(request, timeout=self.timeout) as response:
                    answer = json.load(response)
                content = answer["choices"][0]["message"]["content"]
                if isinstance(content, str):
                    return content
                last = "an empty reply"
            except urllib.error.HTTPError as error:
                with error:
                    if error.code in (400, 404, 415, 422) and body.get("response_format"):
                        raise _Refused(f"status {error.code}") from error
                    if error.code not in (408, 409, 425, 429) and error.code < 500:
                        hint = (
                            "check KG_LLM_API_KEY"
                            if error.code in (401, 403)
                            else "check --base-url and --model"
                        )
                        raise EndpointError(f"{url} answered with status {error.code}", hint=hint) from error
                    last = f"status {error.code}"
                    after = error.headers.get("Retry-After", "")
                    pause = min(float(after), 60.0) if after.isdigit() else pause
            except (OSError, http.client.HTTPException) as error:
                last = str(getattr(error, "reason", error)) or type(error).__name__
            except (ValueError, KeyError, IndexError, TypeError):
                last = "a reply that is no chat completion"
            if attempt + 1 < self.attempts:
                self.wait(pause)
        raise EndpointError(
            f"{url} did not answer: {last} ({self.attempts} attempts)", hint="try again later"
        )


class _Refused(Exception):
    """The endpoint does not take this response format."""
