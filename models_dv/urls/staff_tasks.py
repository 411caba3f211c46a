"""Staff pages of tasks."""

from django.urls import path

from models_dv.views.staff import task_steps, tasks

urlpatterns = [
    path("nhiem-vu/", tasks.tasks, name="tasks"),
    path("nhiem-vu/moi/", tasks.task_new, name="task_new"),
    path("nhiem-vu/<int:pk>/", tasks.task, name="task"),
    path("nhiem-vu/<int:pk>/sua/", tasks.task_edit, name="task_edit"),
    path("nhiem-vu/<int:pk>/tien-do/", task_steps.Progress.as_view(), name="task_progress"),
    path("nhiem-vu/<int:pk>/minh-chung/<int:row>/", task_steps.task_file, name="task_file"),
    path("nhiem-vu/<int:pk>/gia-han/", task_steps.Extend.as_view(), name="task_extend"),
    path("nhiem-vu/<int:pk>/hoan-thanh/", task_steps.Complete.as_view(), name="task_complete"),
    path("nhiem-vu/<int:pk>/huy/", task_steps.Cancel.as_view(), name="task_cancel"),
    path("nhiem-vu/<int:pk>/mo-lai/", task_steps.Reopen.as_view(), name="task_reopen"),
]
