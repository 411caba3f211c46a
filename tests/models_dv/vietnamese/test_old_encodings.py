import pytest

from models_dv.vietnamese.old_encodings import TCVN3, VNI, old_encoding


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("C«ng t¸c d©n vËn s¸u th¸ng ®Çu n¨m ®¹t nhiÒu kÕt qu¶ quan träng, gãp phÇn hoµn thµnh", TCVN3),
        ("Coâng taùc daân vaän saùu thaùng ñaàu naêm ñaït nhieàu keát quaû quan troïng, goùp phaàn", VNI),
        ("Công tác dân vận sáu tháng đầu năm đạt nhiều kết quả quan trọng, góp phần hoàn thành", ""),
        ("Hoà bình, hoá chất, khoẻ mạnh, thuở ấy, uỷ ban, quê hương, suối, yêu, oà, loá, xoè, què", ""),
        ("cơng tác khơng để mơ hình, vai trị, an tồn xã hội, hồn thành nhiệm vụ", ""),
        ("Français élève naïve Zoë Müller über Köln Straße", ""),
        ("", ""),
    ],
)
def test_old_encodings(text, name):
    assert old_encoding(text) == name
