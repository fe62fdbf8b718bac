"""The service as others reach it: who asks, what they may ask and how often, and how they are answered."""
