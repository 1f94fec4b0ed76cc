"""Mail that comes in: parsed, and made safe to show; what a person wrote apart from what they quote."""
