"""What every room uses: text, numbers as they are read and shown, files, workers."""
