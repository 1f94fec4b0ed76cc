"""A shop that is not ours: its page embeds the widget by one line, as a website does.

It is served under the machine's other name, which browsers take for a foreign origin, and under a strict
content policy, so that it shows what a website gets.
"""
