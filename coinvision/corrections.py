"""What a correction does to a coin: the words that verdicts and label patches share.

Apart from both, so that who only writes verdicts waits neither for pandas nor for OpenCV.
"""

RELABEL, LEAVE_OUT = "relabel", "leave out"
