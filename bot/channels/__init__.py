"""One file a channel: each reads its provider's payload and renders what is said back."""
