"""What a list shows, as a file: the columns that flask export-items writes, of what the reader may see."""

from flask import Blueprint, abort, current_app
from werkzeug.wrappers import Response

from tracker.errors import Refused
from tracker.exchange.export_items import item_cells, write_items
from tracker.web.app import context
from tracker.web.items.pages import list_state_of_address, listed

blueprint = Blueprint("item_files", __name__)

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: how many items a file holds
MOST = 20_000


@blueprint.get("/items.<ending>")
def export(ending: str) -> Response:
    """Send what the list shows as CSV or as a workbook."""
    if ending not in TYPES:
        abort(404)
    body = context.body()
    listing = listed(list_state_of_address(), MOST)
    if listing.total > MOST:
        raise Refused("A file holds %(most)d items at most. Filter the list first.", most=MOST)
    cells = item_cells(
        context.session(), body, [line.item for line in listing.lines], context.sight(), today=context.today()
    )
    answer = current_app.response_class(write_items(cells, f".{ending}"), content_type=TYPES[ending])
    name = f"{body.slug}-items-{context.today().isoformat()}.{ending}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    # some browsers open a CSV or a workbook in a tab: what people wrote in it must run nothing there
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
