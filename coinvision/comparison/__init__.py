"""Answers to the same coins: how much better are networks in color than in gray?

judge_runs(color_run, grayscale_run).sentence     # two_runs.py: one fold, one training each
gain(answers, other_answers).difference           # answers.py, paired.py: any two classifiers
judge(Evidence(...))                              # verdict.py: the rule
"""
