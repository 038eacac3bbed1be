"""Files: found, judged one by one, replaced whole, remembered, reported in order."""
