def test_home(reader):
    reader.open("/")
    reader.sees("Báo cáo mới công bố", heading=True)
    reader.check()
