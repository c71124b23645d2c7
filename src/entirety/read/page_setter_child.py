"""Sets the pages of one report, in a process of its own: the page setter keeps its work on the last ten documents, 65 MiB and more each.

Started as a script by `page_setter`, never imported. It is handed everything on its standard input but the stills, which it reads itself.
"""

import importlib
import json
import sys


def main(site: str) -> None:
    """Print the PDF, or say on standard error why there is none. `site` is the folder that holds the page setter's package."""
    order = json.load(sys.stdin)
    sys.path.append(site)
    typst = importlib.import_module("typst")
    compiler = typst.Compiler(
        order["pages"].encode(), root=order["root"], ignore_system_fonts=True, sys_inputs={"view": order["view"]}
    )
    try:
        pdf = compiler.compile(format="pdf", pdf_standards=order["standards"])
    except RuntimeError as error:
        sys.stderr.write(str(error))
        sys.exit(1)
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main(sys.argv[1])
