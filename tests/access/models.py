"""“Dân vận khéo”: who may what, over a model of the first commune and one of the province."""

from dataclasses import replace

from models_dv.domain import kheo_files
from models_dv.domain.changes import fingerprint
from models_dv.models import DanVanKheo
from tests.access.table import Address, Rule
from tests.factories import kheo
from tests.factories.world import World, make_world

#  The people: see tests/access/table.py.
#
# fmt: off
OF_COMMUNE = {          # an ad  au ap cl rd  rv pu pa  ch st
    "see":              "> 0   + + + +   + 0 0   0 0",
    "keep":             "> 0   + + - -   - 0 0   0 0",
    "say":              "> 0   + + - -   + 0 0   0 0",
    "publish":          "> 0   - - - -   - 0 0   0 0",
    # Whoever enters things in some unit copies what he sees.
    "copy":             "> 0   + + - -   - 0 0   0 0",
    # What is public is copied by everybody who enters things in some unit.
    "copy public":      "> -   + + - -   - - +   + +",
}
OF_PROVINCE = {         # an ad  au ap cl rd  rv pu pa  ch st
    "see":              "> 0   0 0 0 0   + + +   0 0",
    "keep":             "> 0   0 0 0 0   - - +   0 0",
    "say":              "> 0   0 0 0 0   - - +   0 0",
    "publish":          "> 0   0 0 0 0   - + -   0 0",
    "copy":             "> 0   0 0 0 0   - - +   0 0",
    "copy public":      "> -   + + - -   - - +   + +",
}
# fmt: on
#: For everybody: name, further arguments.
PUBLIC_MODEL = (("public:model", {}), ("public:model_photo", {"number": 1, "size": 720}))

COPY = {"row_at": {"published": "copy public"}}
FACT, EVIDENCE, PHOTO = {"row": "{fact}"}, {"row": "{evidence}"}, {"row": "{photo}"}
ADDRESSES = (
    Address("staff:model", Rule("see"), None),
    Address("staff:model_edit", Rule("keep"), Rule("keep", 302)),
    # The form of a fact and those of files come back: what was sent is not for them.
    Address("staff:model_fact", Rule("say"), Rule("say", 422)),
    Address("staff:model_fact_remove", None, Rule("keep", 302), FACT),
    Address("staff:model_evidence", Rule("keep"), Rule("keep", 422)),
    Address("staff:model_evidence_file", Rule("see"), None, EVIDENCE),
    Address("staff:model_evidence_remove", None, Rule("keep", 302), EVIDENCE),
    Address("staff:model_photos", Rule("keep"), Rule("keep", 422)),
    Address("staff:model_photo", Rule("see"), None, {**PHOTO, "size": "small"}),
    Address("staff:model_photo_edit", Rule("keep"), Rule("keep", 302), PHOTO),
    Address("staff:model_photo_move", None, Rule("keep", 302), PHOTO),
    Address("staff:model_photo_remove", None, Rule("keep", 302), PHOTO),
    Address("staff:model_copy", Rule("copy", **COPY), Rule("copy", 422, **COPY)),
    Address("staff:model_publish", Rule("publish"), Rule("publish")),
    # What was never published cannot be taken down.
    Address("staff:model_withdraw", None, Rule("publish", 302), only_at=("published",)),
)


def known() -> set[tuple[str, frozenset[str]]]:
    """Names and arguments of every address in this file."""
    found = {(address.name, frozenset({"pk", *address.arguments})) for address in ADDRESSES}
    return found | {(name, frozenset({"slug", *more})) for name, more in PUBLIC_MODEL}


def scene(owner: str, moment: str) -> tuple[World, DanVanKheo]:
    """(world, model) with a fact, evidence and a photo; registered, or published besides."""
    world = make_world()
    unit = world.communes[0] if owner == "commune" else world.province
    author = world.author_of(unit)
    model = kheo.make_model(unit, author)
    kheo_files.add_evidence(model, kheo.picture(), title="Biên bản", actor=author)
    photo = kheo.add_photo(model, author)
    if moment == "published":
        kheo.publish(model, kheo.make_publisher(unit, author), photos=[photo])
        author.unit_roles.filter(role="publisher").delete()
    return world, model


def addresses_of(model: DanVanKheo) -> list[Address]:
    """The addresses with ids."""
    ids = {
        "{fact}": model.facts.first().pk,
        "{evidence}": model.evidence.first().pk,
        "{photo}": model.photos.first().pk,
    }
    return [
        replace(address, arguments={name: ids.get(value, value) for name, value in address.arguments.items()})
        for address in ADDRESSES
    ]


def values_of(model: DanVanKheo) -> dict[str, str]:
    """What the forms of a model ask for, filled in as a person would."""
    texts = ("name", "kind", "subject", "field", "level", "year", "address")
    return {name: str(getattr(model, name)) for name in texts} | {
        "revision": str(model.revision),
        "kq-TOTAL_FORMS": "0",
        "kq-INITIAL_FORMS": "0",
        "reason": "Ghi nhầm",
        "caption": "Ra quân dọn đường thôn",
        "alt": "Sáu người quét đường",
        "consent": "on",
        "seen": fingerprint(model.photos.first()),
        "huong": "len",
        "act": "preview",
    }
