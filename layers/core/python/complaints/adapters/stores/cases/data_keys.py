"""The data keys of cases: what is encrypted with one is forgotten when it is destroyed."""

from complaints.adapters.dynamodb.key_schema import data_key_pk
from complaints.adapters.dynamodb.models import DataKeyItem
from complaints.adapters.dynamodb.reads import answering


class DynamoDataKeys:
    """Data keys in DynamoDB, in a table of their own."""

    def destroy(self, reference: str) -> None:
        """Destroys the key of a case, if there is one: what people wrote in it is forgotten, in the table and
        in all copies of it."""
        with answering():
            DataKeyItem(data_key_pk(reference)).delete()
