"""What a column may mean, and how a file's own headings are understood."""

from django.utils.translation import gettext_lazy as _

from alongside.lib.text import sort_key

FIELDS = {
    "called": _("Likes to be called"),
    "full_name": _("Whole name"),
    "given_name": _("Given name"),
    "surname": _("Family name"),
    "email": _("Mail"),
    "phone": _("Phone"),
    "card": _("Card"),
    "external": _("Number in another system"),
    "born": _("Born on"),
    "street": _("Street"),
    "postcode": _("Postcode"),
    "city": _("City"),
    "country": _("Country (two letters)"),
    "what_matters": _("What matters"),
}
# What a vCard may say of somebody and nothing here keeps, by its property.
LEFT_OUT = {
    "ORG": _("organisation"),
    "TITLE": _("job"),
    "ROLE": _("role"),
    "PHOTO": _("picture"),
    "URL": _("website"),
    "IMPP": _("messenger"),
    "ANNIVERSARY": _("anniversary"),
    "GENDER": _("gender"),
    "LANG": _("language"),
    "RELATED": _("relations"),
    "CATEGORIES": _("groups"),
}
SEVERAL = ("email", "phone")  # may stand in several columns, or several in one

# Headings that other systems write, folded: English, German, French, Spanish, Portuguese, Dutch.
_HEADINGS = {
    "called": "nickname nick alias rufname spitzname surnom apodo apelido roepnaam called preferredname",
    "full_name": "name fullname displayname contactname customer customername kunde nomcomplet nombrecompleto client"
                 " vollername contact person",
    "given_name": "firstname givenname forename vorname prenom nombre voornaam first primeironome",
    "surname": "lastname surname familyname nachname familienname nomdefamille apellido apellidos sobrenome achternaam"
               " last nom",
    "email": "email emailaddress mail emailadresse courriel correo correoelectronico adressemail email1 email2"
             " emailwork emailhome primaryemail",
    "phone": "phone telephone phonenumber mobile mobilephone cell telefon telefonnummer handy mobil telefono movil"
             " telefone celular telefoon mobiel portable tel phone1 phone2 homephone workphone",
    "card": "card cardnumber loyaltycard loyaltynumber kundenkarte kartennummer cartefidelite tarjeta",
    "external": "id externalid customerid customernumber kundennummer numeroclient userid contactid recordid kundennr",
    "born": "birthday birthdate dateofbirth dob born geburtstag geburtsdatum datedenaissance fechadenacimiento"
            " datadenascimento geboortedatum",
    "street": "street address address1 streetaddress addressline1 strasse adresse rue calle direccion rua endereco"
              " straat",
    "postcode": "postcode zip zipcode postalcode plz postleitzahl codepostal codigopostal cep",
    "city": "city town ort stadt ville ciudad cidade plaats suburb",
    "country": "country countrycode land pays pais",
    "what_matters": "note notes comment comments notiz notizen bemerkung remarque remarques notas observaciones",
}
_BY_HEADING = {heading: field for field, words in _HEADINGS.items() for heading in words.split()}


def guess(headings: list[str]) -> dict[str, str]:
    """A field for each column whose heading is understood, by the column's place; each single field once."""
    mapping: dict[str, str] = {}
    for place, heading in enumerate(headings):
        field = _BY_HEADING.get("".join(c for c in sort_key(heading) if c.isalnum()))
        if field and (field in SEVERAL or field not in mapping.values()):
            mapping[str(place)] = field
    return mapping
