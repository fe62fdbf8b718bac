"""What a shop is: frozen facts and pure functions; standard library only."""
