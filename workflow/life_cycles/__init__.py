"""The core's machines, readable top to bottom, one file each."""

from workflow.life_cycles.case import CASE
from workflow.life_cycles.lead import LEAD
from workflow.life_cycles.measure import MEASURE
from workflow.life_cycles.transfer import TRANSFER

CORE_TRANSITIONS = (*LEAD, *CASE, *TRANSFER, *MEASURE)
