"""What the walk over all addresses has to know of the catalogue."""

from datetime import UTC, datetime

from straume.web.services.models import CatalogueImport, LegalResource, Offer, PublicService, YearlyDemand

CATALOGUE = "the catalogue of services is common to all places; who may write in it is tested there"
SHARED = {
    "services:service": CATALOGUE,
    "services:service_rdf": CATALOGUE,
    "services:change_service": CATALOGUE,
    "services:delete_service": CATALOGUE,
    "services:add_part": CATALOGUE,
    "services:change_part": CATALOGUE,
    "services:add_offer": CATALOGUE,
}
NUMBERS = {"demand_pk": YearlyDemand, "act_pk": LegalResource, "part_pk": LegalResource}
NOW = datetime(2019, 1, 15, tzinfo=UTC)
CATALOGUE_FILE = """
@prefix dct: <http://purl.org/dc/terms/> .
<urn:nin> a <http://purl.org/vocab/cpsv#PublicService> ; dct:identifier "nin" ; dct:title "Tax"@en .
"""


def make_things(*, livani, taxes, alice, bob) -> None:
    service = PublicService.objects.create(identifier="nin", name_lv="Parāda piedziņa")
    offer = Offer.objects.create(service=service, institution=livani, unit=taxes)
    offer.demand.create(year=2018, cases=340, source="lietvedība")
    offer.local_acts.create(service=service, title="Iekšējie noteikumi", country="lv")
    CatalogueImport.objects.create(
        person=alice, file_name="nin.ttl", kind="ttl", text=CATALOGUE_FILE, uploaded_at=NOW
    )
