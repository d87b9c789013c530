"""Files that mean harm, each with its name and the kind the browser claims."""

from __future__ import annotations

import io
import zipfile

from tests.attack.site import Upload

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def packed(**members: bytes) -> bytes:
    """A ZIP; ``__`` in a name stands for ``/``, ``_dot_`` for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in members.items():
            pack.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def bomb() -> bytes:
    """A document of a few hundred KB that unpacks to 200 MB."""
    types = b"<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
    huge = b"<w:document>" + b" " * (200 * 1024 * 1024)
    return packed(
        Content_Types_dot_xml=types, word__document_dot_xml=huge, xl__workbook_dot_xml=b"<workbook/>"
    )


def entities() -> bytes:
    """A billion laughs, and a file of the server as an entity."""
    dtd = b"<!DOCTYPE a [<!ENTITY f SYSTEM 'file:///etc/passwd'><!ENTITY l '" + b"lol" * 50 + b"'>"
    dtd += b"".join(
        b"<!ENTITY l%d '%s'>" % (n, b"&l;" * 10 if n == 1 else b"&l%d;" % (n - 1) * 10) for n in range(1, 9)
    )
    return packed(word__document_dot_xml=dtd + b"]><w:document>&f;&l8;</w:document>")


def hostile() -> dict[str, Upload]:
    """By what is wrong with them."""
    script = b"<script>alert(1)</script>"
    return {
        "empty": ("kong.pdf", b"", PDF),
        "path in name": ("../../../../etc/cron.d/own.pdf", b"%PDF-1.4\n%%EOF\n", PDF),
        "windows path": ("C:\\Windows\\win.ini.pdf", b"%PDF-1.4\n%%EOF\n", PDF),
        "markup in name": ('"><img src=x onerror=alert(1)>.pdf', b"%PDF-1.4\n%%EOF\n", PDF),
        "line break in name": ("a\r\nX-Own: 1.pdf", b"%PDF-1.4\n%%EOF\n", PDF),
        "html as pdf": ("page.pdf", b"<html>" + script, PDF),
        "svg": (
            "picture.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'>" + script + b"</svg>",
            "image/svg+xml",
        ),
        "polyglot gif": ("gif.gif", b"GIF89a/*" + script + b"*/=0;", "image/gif"),
        "polyglot pdf zip": ("both.pdf", b"%PDF-1.4\n" + packed(a=script) + b"%%EOF\n", PDF),
        "program": ("letter.pdf.exe", b"MZ" + b"\0" * 200, "application/octet-stream"),
        "program as pdf": ("letter.pdf", b"\x7fELF" + b"\0" * 200, PDF),
        "macro docm": (
            "letter.docm",
            packed(word__vbaProject_dot_bin=b"\xcc\x61", word__document_dot_xml=b"<w/>"),
            DOCX,
        ),
        "macro docx": (
            "letter.docx",
            packed(word__vbaProject_dot_bin=b"\xcc\x61", word__document_dot_xml=b"<w/>"),
            DOCX,
        ),
        "macro xlsx": (
            "list.xlsx",
            packed(xl__vbaProject_dot_bin=b"\xcc\x61", xl__workbook_dot_xml=b"<w/>"),
            XLSX,
        ),
        "zip bomb docx": ("bomb.docx", bomb(), DOCX),
        "zip bomb xlsx": ("bomb.xlsx", bomb(), XLSX),
        "entities": ("laughs.docx", entities(), DOCX),
        "eicar": ("eicar.pdf", EICAR, PDF),
        "long name": ("长" * 300 + ".pdf", b"%PDF-1.4\n%%EOF\n", PDF),
        "no name": ("", b"%PDF-1.4\n%%EOF\n", PDF),
    }
