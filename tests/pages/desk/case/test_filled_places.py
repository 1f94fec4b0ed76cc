"""What is the same for many cases is rendered once, with places for what a case fills in."""

from markupsafe import Markup

from complaints.adapters.i18n.template_filters import TemplateFilters


def test_each_place_is_filled_and_what_fills_it_is_escaped() -> None:
    part = Markup('<form action="<?case?>/note<?within?>"><?sent?><input value="<?version?>">')
    found = TemplateFilters.filled(
        part, case="/desk/C-1", within="?a=1&b=<?case?>", sent=Markup("<b>x</b>"), version=7
    )
    assert found == ('<form action="/desk/C-1/note?a=1&amp;b=&lt;?case?&gt;"><b>x</b><input value="7">')


def test_a_place_without_a_value_stays_as_it_is() -> None:
    text = Markup("<?other?> a <? b ?> <?case")
    assert TemplateFilters.filled(text, version=7) == text
