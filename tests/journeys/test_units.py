"""Units through time: found by a former name, read as of a day, with what became of them; the staff's own list."""


def test_a_place_is_found_by_the_name_it_had(reader):
    reader.open("/don-vi/")
    reader.fill("Tên tỉnh, huyện, xã", "nam dinh")
    reader.press("Tìm đơn vị")
    reader.sees("nay là")
    reader.press("Tỉnh uỷ Nam Định")
    reader.sees("Hoạt động đến 30/06/2025")
    reader.sees("Sáp nhập vào", within=".timeline")
    reader.check()
    reader.press("Tỉnh uỷ Ninh Bình", within=".list-head")
    reader.sees("Hình thành từ:")
    reader.press("Tỉnh uỷ Hà Nam", within=".timeline")
    reader.sees("Tỉnh uỷ Hà Nam", heading=True)
    reader.fill("Ngày", "31/13/2024")
    reader.press("Xem", within="main form")
    reader.sees("Chưa xem được theo ngày.")
    reader.check()
    reader.fill("Ngày", "01/06/2024")
    reader.press("Xem", within="main form")
    reader.sees("Xem hiện nay")


def test_the_staff_see_their_units_as_of_a_day(staff):
    one = staff("chuyenvien.anbinh")
    one.unfold("Xem thêm")
    one.press("Đơn vị", within=".app-menu")
    one.fill("Tên đơn vị", "xa phu lam")
    one.press("Tìm kiếm", within="main")
    one.sees("2 đơn vị")
    one.check()
    one.press("Đảng uỷ xã Phú Lâm")
    one.sees("Tên gọi qua các thời kỳ", heading=True)
    one.check()
    one.press("Mô hình “Dân vận khéo”", within="main")
    one.sees("Khéo vận động hiến đất mở đường liên thôn")
