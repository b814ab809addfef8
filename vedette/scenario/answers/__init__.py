"""What an ensemble says: levels, differences, what they rest on, replays of past days."""
