"""The settings: environment variables ``STREETCALL_…`` and a ``.env`` file."""

import os
import secrets
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from casework.errors import SettingsError

DEMO_PACK = Path(__file__).parent / "demo"
_KEY_BYTES = 32


class Settings(BaseSettings):
    """Everything an installation can choose. Secrets come only from here or from files."""

    model_config = SettingsConfigDict(env_prefix="STREETCALL_", env_file=".env", extra="ignore")

    pack: str = ""
    data_dir: Path = Path("data")
    database_url: str = ""
    secret_key: SecretStr = SecretStr("")
    public_url: str = ""
    smtp_url: SecretStr = SecretStr("")
    mail_in_url: SecretStr = SecretStr("")
    mail_in_address: str = ""
    mail_in_seconds: float = Field(default=30.0, gt=0)
    telegram_token: SecretStr = SecretStr("")
    telegram_secret: SecretStr = SecretStr("")
    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_sms_from: str = ""
    twilio_whatsapp_from: str = ""
    twilio_whatsapp_template_sid: str = ""
    twilio_api_url: str = ""
    telegram_api_url: str = "https://api.telegram.org"
    w3w_key: SecretStr = SecretStr("")
    nominatim_url: str = ""
    demo: bool = False
    limits: str = "on"
    workers: int = Field(default=2, ge=1, le=64)
    lease_seconds: int = Field(default=60, ge=1)
    port: int = Field(default=8000, validation_alias="PORT", ge=1, le=65535)
    host: str = "127.0.0.1"
    log_format: str = "text"
    nlp: Literal["full", "small", "words"] = "full"

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if url and not url.startswith(("sqlite:", "postgresql")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        # The driver is ours to know: an officer writes the address as every manual has it.
        return url.replace("postgresql://", "postgresql+psycopg://", 1)

    @field_validator("nominatim_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if url and not url.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return url

    @property
    def packs(self) -> tuple[Path, ...]:
        """The pack folders; the demo borough where none is named."""
        named = [Path(part) for part in self.pack.split(":") if part]
        return tuple(named) or (DEMO_PACK,)

    @property
    def telegram_polls(self) -> bool:
        """True if we ask Telegram for messages; with a public URL and a secret it calls us."""
        return not (self.public_url and self.telegram_secret.get_secret_value())

    @property
    def database(self) -> str:
        """The database's URL; a SQLite file in the data folder where none is named."""
        return self.database_url or f"sqlite:///{self.data_dir / 'streetcall.db'}"

    @property
    def address(self) -> str:
        """The address that people see, without a slash at its end."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")


def load_settings() -> Settings:
    """The settings as they stand. Raises SettingsError, naming every variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        faults = (f"STREETCALL_{_name(e['loc'])}: {e['msg']}" for e in error.errors())
        raise SettingsError("\n".join(faults)) from error


def _name(location: tuple[int | str, ...]) -> str:
    return str(location[0]).upper() if location else ""


def secret_key(settings: Settings) -> str:
    """The key that signs links and hashes addresses; made in the data folder where none is set."""
    given = settings.secret_key.get_secret_value()
    if given:
        return given
    path = settings.data_dir / "secret.key"
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with open(path, "x", opener=_private) as file:
            file.write(secrets.token_urlsafe(_KEY_BYTES))
    except FileExistsError:
        pass
    return path.read_text().strip()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
