"""What forms of the nouns share when the domain refuses: the sentence at its field, everything typed still there."""

from models_dv.errors import ExpectedError, NotAllowed, StaleObject


def say(form, error: ExpectedError, *, revision: int | None = None) -> None:
    """Put the sentence into the form, at the field that it names; NotAllowed goes on to the page that says why.

    After a change by somebody else the form goes on with the present ``revision``, so that a second press
    counts once the person has looked again.
    """
    if isinstance(error, NotAllowed):
        raise error
    field = getattr(error, "field", "")
    form.add_error(field if field in form.fields else None, error.message)
    if isinstance(error, StaleObject) and revision is not None:
        form.data = form.data.copy()
        form.data["revision"] = str(revision)


def posted(request):
    """What was sent, also where that is nothing; None for a page that is opened."""
    return request.POST if request.method == "POST" else None
