"""An exposure from nomination to withdrawal, through the engine."""

from __future__ import annotations

from publicity.exposures.states import ExposureState as S
from workflow import api


def test_exposure_goes_from_nomination_to_the_public_and_off_again(news, client):
    exposure = news.released()

    assert (exposure.state, exposure.release_no) == (S.RELEASED, 1)
    assert client.get("/cases/1/").status_code == 200

    exposure = news.do(
        exposure, "exposure.withdraw", {"kind": "mistake", "reason": "案情有误。"}, by=news.leader
    )

    assert exposure.state == S.WITHDRAWN
    assert client.get("/cases/1/").status_code == 410
    lines = api.JournalLine.objects.filter(
        case_id=exposure.case_id, record_type="exposures.exposure"
    )
    verbs = list(lines.order_by("pk").values_list("verb", flat=True))
    assert verbs[0] == "exposure.nominate"
    assert verbs[-2:] == ["exposure.release", "exposure.withdraw"]
