"""The letter that sends somebody to services, in their language first and in English below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Frame:
    """The sentences around the services, in one language."""

    subject: str
    opening: str
    call: str
    hours: str
    bring: str
    ask: str
    closing: str


class Told(Protocol):
    """One service as a letter tells it."""

    @property
    def name(self) -> str: ...

    @property
    def organization(self) -> str: ...

    @property
    def alert(self) -> str: ...

    @property
    def phone(self) -> str: ...

    @property
    def hours(self) -> tuple[str, ...]: ...

    @property
    def where(self) -> str: ...

    @property
    def bring(self) -> tuple[str, ...]: ...

    @property
    def how(self) -> str: ...


ENGLISH = Frame(
    "Services for you",
    "You asked us for help. These services may be right for you.",
    "Call",
    "Hours",
    "Bring",
    "Did it help? Please tell us with one press. Nobody needs your name for it:",
    "Mayor's Office of Community Relations",
)
FRAMES: Mapping[str, Frame] = {
    "en": ENGLISH,
    "es": Frame(
        "Servicios para usted",
        "Usted nos pidió ayuda. Estos servicios pueden ser adecuados para usted.",
        "Llame",
        "Horario",
        "Traiga",
        "¿Le ayudó? Díganoslo con un clic. No necesitamos su nombre:",
        "Oficina de Relaciones Comunitarias de la Alcaldía",
    ),
    "fr": Frame(
        "Des services pour vous",
        "Vous nous avez demandé de l'aide. Ces services peuvent vous convenir.",
        "Appelez",
        "Horaires",
        "Apportez",
        "Cela vous a-t-il aidé ? Dites-le-nous en un clic. Votre nom n'est pas nécessaire :",
        "Bureau des relations communautaires de la mairie",
    ),
    "zh": Frame(
        "为您找到的服务",
        "您曾向我们求助。以下服务可能适合您。",
        "电话",
        "时间",
        "请携带",
        "这些服务有帮助吗？请点击告诉我们，不需要您的姓名：",
        "市长社区关系办公室",
    ),
    "ko": Frame(
        "귀하를 위한 서비스",
        "도움을 요청하셨습니다. 다음 서비스가 도움이 될 수 있습니다.",
        "전화",
        "시간",
        "준비물",
        "도움이 되었습니까? 한 번 눌러 알려 주십시오. 이름은 필요 없습니다:",
        "시장실 지역사회 관계 사무소",
    ),
    "vi": Frame(
        "Các dịch vụ cho quý vị",
        "Quý vị đã nhờ chúng tôi giúp. Các dịch vụ sau có thể phù hợp với quý vị.",
        "Gọi",
        "Giờ mở cửa",
        "Mang theo",
        "Dịch vụ có giúp được quý vị không? Xin cho biết bằng một lần nhấn. Không cần tên:",
        "Văn phòng Quan hệ Cộng đồng của Thị trưởng",
    ),
    "am": Frame(
        "ለእርስዎ የሚሆኑ አገልግሎቶች",
        "እርዳታ ጠይቀውን ነበር። እነዚህ አገልግሎቶች ሊጠቅሙዎት ይችላሉ።",
        "ይደውሉ",
        "ሰዓት",
        "ይዘው ይምጡ",
        "ረድቶዎታል? በአንድ ጠቅታ ይንገሩን። ስምዎ አያስፈልግም፦",
        "የከንቲባው የማህበረሰብ ግንኙነት ቢሮ",
    ),
}


def frames_for(language: str) -> tuple[Frame, ...]:
    """The frame of somebody's language, and the English one below; English alone otherwise."""
    own = FRAMES.get(language)
    return (own, ENGLISH) if own is not None and own is not ENGLISH else (ENGLISH,)


def referral_letter(services: Sequence[Told], *, language: str) -> tuple[str, str]:
    """The subject and the text of the letter."""
    frames = frames_for(language)
    lines = [frame.opening for frame in frames]
    for told in services:
        lines += ["", *_told(told, frames)]
    lines += ["", *(frame.closing for frame in frames)]
    return " / ".join(frame.subject for frame in frames), "\n".join(lines) + "\n"


def asking_letter(link: str, *, language: str) -> tuple[str, str]:
    """The subject and the text of the letter that asks, five days later."""
    frames = frames_for(language)
    lines = [line for frame in frames for line in (frame.ask, "")]
    subject = " / ".join(frame.ask.split("?")[0].split("？")[0] + "?" for frame in frames[:1])
    return subject[:150], "\n".join([*lines, link, "", *(f.closing for f in frames)]) + "\n"


def _told(told: Told, frames: Sequence[Frame]) -> list[str]:
    def label(name: str) -> str:
        return " / ".join(getattr(frame, name) for frame in frames)

    lines = [f"{told.name} ({told.organization})" if told.organization else told.name]
    lines += [f"! {told.alert}"] if told.alert else []
    lines += [f"{label('call')}: {told.phone}"] if told.phone else []
    lines += [f"{label('hours')}: {'; '.join(told.hours)}"] if told.hours else []
    lines += [told.where] if told.where else []
    lines += [f"{label('bring')}: {'; '.join(told.bring)}"] if told.bring else []
    return [*lines, told.how] if told.how else lines
