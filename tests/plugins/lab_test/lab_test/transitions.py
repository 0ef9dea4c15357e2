from __future__ import annotations

from lab_test import guards
from lab_test.effects import note_return, note_sample
from workflow.plugin import State, Transition

AT_LAB = State(machine="case", code="at_lab", label="送检中")

SEND = Transition(
    name="case.send_to_lab",
    label="送检",
    sources=("investigating",),
    target="at_lab",
    permission="send_to_lab",
    guards=(guards.evidence_was_taken,),
    effects=(note_sample,),
    form="lab_test.forms.SendForm",
    keeps=("lab",),
    law="产品质量法第十五条",
)
RETURN = Transition(
    name="case.return_from_lab",
    label="检毕",
    sources=("at_lab",),
    target="investigating",
    permission="send_to_lab",
    effects=(note_return,),
)
