"""The API's description as OpenAPI: problems as problems, and what an Idempotency-Key does."""

from ninja.openapi.schema import OpenAPISchema

from alongside.api.problems import CONTENT_TYPE

_IDEMPOTENCY = {
    "in": "header", "name": "Idempotency-Key", "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": "A name of your own for this request. Sent again within a day, it is answered as the first time.",
}  # fmt: skip


class Description(OpenAPISchema):
    """OpenAPI as Django Ninja makes it, made exact."""


    def operation_details(self, operation):
        """One operation: with the header that a POST may carry."""
        details = super().operation_details(operation)
        if "POST" in operation.methods:
            details["parameters"] = [*details.get("parameters", []), _IDEMPOTENCY]
        details["summary"] = operation.summary.capitalize()
        details["security"] = [{"key": []}] if operation.auth_callbacks else []
        return details

    def get_components(self):
        """The shapes, and how a key is sent."""
        scheme = {"type": "http", "scheme": "bearer", "description": "An API key, made by an admin in the settings."}
        return super().get_components() | {"securitySchemes": {"key": scheme}}

    def responses(self, operation):
        """The answers of one operation: an error has the media type of a problem."""
        responses = super().responses(operation)
        for status, answer in responses.items():
            if int(status) >= 400 and "content" in answer:
                answer["content"] = {CONTENT_TYPE: answer["content"].get("application/json", {})}
        return responses
