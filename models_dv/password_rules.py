"""Django's password rules in our words: what is wrong and what to do."""

from django.contrib.auth import password_validation as rules


class LongEnough(rules.MinimumLengthValidator):
    """At least ``min_length`` characters."""

    def get_error_message(self):
        return f"Mật khẩu quá ngắn. Nhập từ {self.min_length} ký tự"

    def get_help_text(self):
        return f"Từ {self.min_length} ký tự."


class UnlikeTheName(rules.UserAttributeSimilarityValidator):
    """Not nearly the sign-in name or the person's name."""

    def get_error_message(self):
        return "Mật khẩu quá giống tên đăng nhập hoặc họ tên. Chọn mật khẩu khác"

    def get_help_text(self):
        return "Không giống tên đăng nhập, họ tên."


class NotCommon(rules.CommonPasswordValidator):
    """Not one of the 20,000 most used passwords."""

    def get_error_message(self):
        return "Mật khẩu này nhiều người dùng, dễ đoán. Chọn mật khẩu khác"

    def get_help_text(self):
        return "Không phải mật khẩu phổ biến."


class NotOnlyDigits(rules.NumericPasswordValidator):
    """Not digits alone."""

    def get_error_message(self):
        return "Mật khẩu chỉ có chữ số. Thêm chữ cái"

    def get_help_text(self):
        return "Không chỉ gồm chữ số."
