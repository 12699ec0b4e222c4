"""The counter: who stands here, what to know of them, and what to note, with one hand or none on a mouse."""
