"""`python -m dieuhanh.proof FILE…`: the command `dieuhanh proof`."""

import sys

from dieuhanh.proof.arguments import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
