"""The DynamoDB-compatible engine of the local run and of the tests: a process of its own.

Nothing else in the project knows which engine it is. `DYNAMODB_ENDPOINT` names one that already runs,
AWS's own included; then nothing is installed or started.
"""

from infrastructure.local.engine.install import install
from infrastructure.local.engine.process import running

__all__ = ["install", "running"]
