"""The cloud side: takes the journals of many stations, and gives each what it has not heard."""
