"""``python -m kg`` is ``kg``."""

from kg.start import main

main()
