"""The QR code of an address, as a picture in the page."""

from __future__ import annotations

import io

from django.utils.safestring import SafeString, mark_safe


def qr(address: str) -> SafeString:
    """SVG without a namespace declaration; empty where there is no address."""
    if not address:
        return mark_safe("")
    import segno

    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", xmldecl=False, svgns=False, scale=6, border=4, omitsize=True, svgclass="qr"
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308 -- drawn by segno from the address alone
