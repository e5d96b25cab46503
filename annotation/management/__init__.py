"""What the commands share: base (the project's argument, refusals) and progress (the bar); commands has one module each."""
