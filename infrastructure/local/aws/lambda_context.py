"""What Lambda tells a function about itself."""

import uuid
from dataclasses import dataclass, field


@dataclass(frozen=True)
class LambdaContext:
    """The parts of Lambda's context object that handlers and the logger read."""

    function_name: str
    aws_request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    function_version: str = "$LATEST"
    memory_limit_in_mb: int = 512

    @property
    def invoked_function_arn(self) -> str:
        """A name in the shape of an ARN."""
        return f"arn:aws:lambda:us-east-1:000000000000:function:{self.function_name}"

    def get_remaining_time_in_millis(self) -> int:
        """Time enough: a local run has no limit to its functions."""
        return 180_000
