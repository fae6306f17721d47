"""Where the pages about matching hang, under a programme."""

urlpatterns: list[object] = []
