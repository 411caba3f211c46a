"""Photos as the portal keeps them: decoded, turned upright, in sRGB, written anew without anything else."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms, ImageFile, ImageOps

from models_dv.domain.file_refusals import AnimatedPhoto, DamagedFile, PhotoTooLarge
from models_dv.enums import FileKind
from models_dv.models.files import LARGE_BOX, SMALL_BOX, fitted

#: A JPEG is decoded at a fraction of its size; the others are whole in memory.
MAX_PIXELS = {FileKind.JPEG: 50_000_000, FileKind.PNG: 16_000_000, FileKind.WEBP: 16_000_000}
WEBP_QUALITY = 80
#: A photo brought as a document: a scanned page stays readable.
KEPT_BOX = (4000, 4000)
KEPT_QUALITY = 90
#: What Pillow raises on broken bytes, as seen by cutting and changing files.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    EOFError,
    struct.error,
    zlib.error,
)
WHITE = (255, 255, 255)

SRGB = ImageCms.createProfile("sRGB")


def check_photo(file, kind: FileKind) -> None:
    """Decode once, as small as the format lets: whole, still, not too many pixels. Raises a ``FileRefused``."""
    with _opened(file, kind) as image:
        _decode(image, (1, 1))


def two_sizes(file, kind: FileKind) -> tuple[bytes, bytes, tuple[int, int]]:
    """The small and the large photo as WebP, and width and height of the large one.

    The same input gives the same bytes. Raises a ``FileRefused``.
    """
    large = _resized(_upright_srgb(file, kind, LARGE_BOX), LARGE_BOX)
    small = _resized(large, SMALL_BOX)
    return _encoded(small, "WEBP", WEBP_QUALITY), _encoded(large, "WEBP", WEBP_QUALITY), large.size


def rewritten(file, kind: FileKind) -> bytes:
    """A photo brought as a document: the same format, without anything that is not seen."""
    image = _resized(_upright_srgb(file, kind, KEPT_BOX), KEPT_BOX)
    return _encoded(image, {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG"}.get(kind, "WEBP"), KEPT_QUALITY)


def _opened(file, kind: FileKind) -> Image.Image:
    file.seek(0)
    try:
        image = Image.open(file, formats=[{FileKind.JPEG: "JPEG", FileKind.PNG: "PNG"}.get(kind, "WEBP")])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoTooLarge(_too_many_pixels(kind)) from error
    except BROKEN as error:
        raise DamagedFile from error
    if image.width * image.height > MAX_PIXELS[kind]:
        raise PhotoTooLarge(_too_many_pixels(kind))
    # A phone may put a second picture behind a JPEG: the first is the photo.
    if kind is not FileKind.JPEG and getattr(image, "n_frames", 1) > 1:
        raise AnimatedPhoto
    return image


def _too_many_pixels(kind: FileKind) -> str:
    millions = MAX_PIXELS[kind] // 1_000_000
    return f"Ảnh lớn hơn {millions} triệu điểm ảnh. Thu nhỏ ảnh (chiều dài 4.000 điểm ảnh là đủ) rồi tải lại"


def _decode(image: Image.Image, at_least: tuple[int, int]):
    try:
        image.draft(None, at_least)
        # WeasyPrint, once imported, lets Pillow take a picture that breaks off; a photo must be whole.
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        image.load()
    except BROKEN as error:
        raise DamagedFile from error


def _upright_srgb(file, kind: FileKind, box: tuple[int, int]) -> Image.Image:
    with _opened(file, kind) as image:
        # Upright or lying is not known before the photo is turned; more than is kept makes it sharp.
        _decode(image, (max(box), max(box)))
        try:
            upright = ImageOps.exif_transpose(image)
        except BROKEN:
            upright = image.copy()
        profile = image.info.get("icc_profile")
    return _to_srgb(upright, profile)


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if image.mode.startswith("I;16"):
        image = image.convert("I")
    if image.mode == "I":
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, (*WHITE, 255))
        ground.alpha_composite(image)
        image = ground.convert("RGB")
    elif image.mode not in {"RGB", "L", "CMYK"}:
        image = image.convert("RGB")
    if profile:
        image = _by_profile(image, profile)
    image = image.convert("RGB")
    image.info = {}
    return image


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    """Colours as the profile means them; a profile that cannot be used is left out."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, *BROKEN):
        return image


def _resized(image: Image.Image, box: tuple[int, int]) -> Image.Image:
    size = fitted(image.size, box)
    if size == image.size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _encoded(image: Image.Image, image_format: str, quality: int) -> bytes:
    target = BytesIO()
    image.save(target, image_format, quality=quality)
    return target.getvalue()
