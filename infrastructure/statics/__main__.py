"""`python -m infrastructure.statics`: makes the static files of this checkout."""

from infrastructure.statics.write import make_statics

if __name__ == "__main__":
    make_statics()
