"""Run the command line: python -m velferdslab_model."""

from velferdslab_model.cli import main

if __name__ == "__main__":
    main()
