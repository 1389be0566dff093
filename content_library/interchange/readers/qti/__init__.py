"""QTI: 1.2 as Canvas and Common Cartridge write it; 2.1, 2.2 and 3.0, which differ in the spelling of their names."""

from content_library.interchange.readers.qti.classic import Qti1
from content_library.interchange.readers.qti.modern import Qti

__all__ = ["Qti", "Qti1"]
