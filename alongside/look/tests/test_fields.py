"""Form fields: label, control, hint and what is wrong belong together for eye and ear."""

from django import forms

from alongside.look.fields import field


class Form(forms.Form):
    mail = forms.EmailField(label="Your <work> mail", help_text="As colleagues write it.")
    keep = forms.BooleanField(label="Keep me in", required=False)
    role = forms.ChoiceField(label="Role", choices=[("a", "Lead & more"), ("b", "Member")], widget=forms.RadioSelect)


def test_a_field_is_labelled_hinted_and_escaped():
    html = field(Form()["mail"])
    assert '<label for="id_mail">Your &lt;work&gt; mail</label>' in html
    assert 'aria-describedby="id_mail_hint"' in html and 'id="id_mail_hint">As colleagues write it.' in html
    assert 'class="input"' in html and "aria-invalid" not in html


def test_what_is_wrong_stands_at_the_field_and_is_read_with_it():
    html = field(Form({"mail": "lena@marketstreet"})["mail"])
    assert 'aria-invalid="true"' in html and 'aria-describedby="id_mail_hint id_mail_wrong"' in html
    assert 'class="wrong" id="id_mail_wrong"' in html and 'value="lena@marketstreet"' in html


def test_a_box_stands_before_its_words():
    html = field(Form()["keep"])
    assert html.index('type="checkbox"') < html.index("Keep me in") and 'class="tick"' in html


def test_a_choice_of_a_few_is_drawn_as_taps():
    html = field(Form()["role"])
    assert "<legend>Role</legend>" in html and html.count('type="radio"') == 2 and "Lead &amp; more" in html


def test_attributes_may_be_added():
    assert 'data-action="input-&gt;seek#look"' in field(Form()["mail"], data_action="input->seek#look")
    assert 'class="input big"' in field(Form()["mail"], big=True)
