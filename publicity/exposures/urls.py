"""Staff addresses of exposures, mounted below ``/admin/plugins/exposures/``."""

from __future__ import annotations

from django.urls import path

from publicity.exposures.views.approval import ApprovalView
from publicity.exposures.views.index import Index
from publicity.exposures.views.inspect import Inspect
from publicity.exposures.views.nominate import Nominate
from publicity.exposures.views.step import StepView
from publicity.exposures.views.work import (
    AddFile,
    CheckAgain,
    KeepHit,
    MaskAll,
    RemoveFile,
    ShowFile,
)

urlpatterns = [
    path("", Index.as_view(), name="index"),
    path("nominate/<int:case>/", Nominate.as_view(), name="nominate"),
    path("<int:pk>/", Inspect.as_view(), name="inspect"),
    path("<int:pk>/step/<str:name>/", StepView.as_view(), name="step"),
    path("<int:pk>/approval/<int:approval>/", ApprovalView.as_view(), name="approval"),
    path("<int:pk>/check/", CheckAgain.as_view(), name="check"),
    path("<int:pk>/mask/", MaskAll.as_view(), name="mask"),
    path("<int:pk>/hits/<int:hit>/keep/", KeepHit.as_view(), name="keep_hit"),
    path("<int:pk>/files/", AddFile.as_view(), name="add_file"),
    path("<int:pk>/files/<int:asset>/", ShowFile.as_view(), name="file"),
    path("<int:pk>/files/<int:asset>/remove/", RemoveFile.as_view(), name="remove_file"),
]
