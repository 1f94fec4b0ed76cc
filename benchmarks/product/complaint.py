"""The complaint that both sides take: the same words for the product and for the peer."""

NAME = "Ada Yılmaz"
EMAIL = "ada@example.org"
SUBJECT = "Parcel arrived broken"
DESCRIPTION = (
    "The parcel came on Monday with a wet corner. Two of the six cups inside were broken, and the box "
    "held no slip. I wrote to the shop the same day and had no answer. Please send two cups, or tell me "
    "how to return the set.\n"
) * 4
